"""The sentences of the import page."""

from __future__ import annotations

from data_access.text import Text

NOT_SET = Text("本页尚未开通", "This page is not set up")
HOW = (
    Text(
        "看板只读取数据库。要在网页上导入，请信息技术同事设置两个环境变量后重新启动：",
        "The board only reads its database. To import here, ask your IT colleague for two settings, then a restart:",
    ),
    Text(
        "IMPORT_DATABASE_URL：同一个数据库的可写地址。服务器上的账号要有增、改、删、查以及建表的权限；"
        "SQLite 文件及其所在目录要可写。",
        "IMPORT_DATABASE_URL: the same database by an account with the right to write. On a server it needs to select, "
        "insert, update, delete and create tables; an SQLite file and its folder must be writable.",
    ),
    Text(
        "IMPORT_CODE：导入口令，至少 8 个字符，只告诉负责导入的人。",
        "IMPORT_CODE: a code of at least 8 characters, told only to those who import.",
    ),
    Text(
        "不开通也能导入：python -m data_access import 文件名（先用 check 核对，导错了用 undo 撤销）。",
        "Without it, import by command line: python -m data_access import FILE (check first; undo takes it back).",
    ),
)
NOT_SAME = Text(
    "IMPORT_DATABASE_URL 与 DATABASE_URL 指向的不是同一个数据库：导入的数据不会出现在看板上。"
    "请信息技术同事改正后重新启动，本页暂不能导入。",
    "IMPORT_DATABASE_URL and DATABASE_URL lead to different databases: what is imported would not appear here. "
    "Ask your IT colleague to correct them; until then nothing can be imported.",
)
ENTER_TITLE = Text("请输入导入口令", "Enter the import code")
NAME, CODE, ENTER = (
    Text("姓名（记入导入记录）", "Your name (kept in the import log)"),
    Text("导入口令", "Import code"),
    Text("进入", "Enter"),
)
NO_NAME = Text("请填写姓名。", "Write your name.")
WHO, LEAVE = Text("导入人：{who}", "Importing as {who}"), Text("退出", "Leave")
TEMPLATE = Text("填报模板", "Templates")
KINDS = {
    "all": Text("全部数据表", "All tables"),
    "main": Text("四个主要主题", "The four main subjects"),
    "reported": Text("只填历年汇总数", "Totals of past years only"),
}
FILE = Text("选择要导入的 XLSX 或 CSV 文件", "Choose an XLSX or CSV file")
ENCODING = Text("CSV 文件的编码", "Encoding of a CSV file")
ENCODINGS = {"utf-8": Text("UTF-8", "UTF-8"), "gb18030": Text("GB18030（GBK）", "GB18030 (GBK)")}
TABLE = Text("文件是哪张表", "Which table the file is")
BY_NAME = Text("看工作表名或文件名", "By the sheet's or file's name")
MISSING = Text("文件里没有的行，从数据库中删除", "Delete rows of the database that the file lacks")
CHECK, NO_FILE = Text("核对文件", "Check the file"), Text("请先选择文件。", "Choose a file first.")
CHECKED = Text("已核对：{name}", "Checked: {name}")
DEGREE, SHEET, FIND = Text("程度", "Degree"), Text("工作表", "Sheet"), Text("查找", "Find")
ALL = Text("全部", "All")
MARKED = Text("下载标出问题的副本", "Download the marked copy")
ACCEPT = Text("提醒都已看过，属实，照此导入", "I have seen the warnings; they are right")
IMPORT, DROP = Text("确认导入", "Import"), Text("放弃这份文件", "Drop this file")
BUSY = Text("{what}……{share}", "{what} … {share}")
DONE = Text(
    "已导入，序号 {n}：新增 {new} 行，更新 {changed} 行，删除 {deleted} 行。看板已显示新的数据。",
    "Imported as number {n}: {new} rows added, {changed} changed, {deleted} deleted. The board shows the new figures.",
)
CHANGED_MEANWHILE = Text(
    "核对之后数据库有了变化，没有导入。请看新的核对结果后再确认。",
    "The database changed after the check, so nothing was imported. See the new findings and confirm again.",
)
NOTHING = Text("没有需要改动的内容，没有导入。", "Nothing would change; nothing was imported.")
UNDO = Text("撤销上次导入", "Undo the last import")
SURE = Text(
    "将撤销第 {n} 次导入（{name}，{who}，{at}）：新增的行会删去，更新和删除的行恢复原样。",
    "Import {n} ({name}, {who}, {at}) will be taken back: added rows go, changed and deleted ones are as before.",
)
YES, NO = Text("确认撤销", "Undo it"), Text("不撤销", "Leave it")
TAKEN_BACK = Text("已撤销第 {n} 次导入（{name}）。", "Import {n} ({name}) was taken back.")
