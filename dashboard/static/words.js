// Streamlit speaks English to screen readers and in hover tips; while the board is Chinese its words are put right.
const CHINESE = [
  [/^Remove (.+)$/, "移除 $1"],
  [/^Open$/, "展开"],
  [/^Close$/, "收起"],
  [/^Choose an option$/, "请选择"],
  [/^Show password$/, "显示口令"],
  [/^Hide password$/, "隐藏口令"],
  [/^Add files?$/, "添加文件"],
  [/^file upload$/, "选择文件"],
  [/^Sidebar$/, "筛选与目录"],
  [/^Collapse sidebar$/, "收起侧栏"],
  [/^Expand sidebar$/, "展开侧栏"],
  [/^Skip to main content$/, "跳到正文"],
  [/^(?:Error: )?File must be (\d+)\S* ?MB or smaller\.?$/i, "文件不能超过 $1 MB"],
  [/^AxiosError: Request failed with status code 413$/, "文件太大，没有上传"],
  [/^AxiosError.*$/, "没有上传成功，请再试一次"],
];
const SAID = ":is([data-testid^=stTooltip],[data-testid^=stFileChip])";
const WORDED = `[aria-label],[title],[placeholder],${SAID},${SAID} *`;
const NAMED = ["aria-label", "title", "placeholder"];
const chinese = (words) => {
  const found = CHINESE.find(([english]) => english.test(words));
  return found && words.replace(...found);
};
function putRight(element) {
  for (const name of NAMED) {
    const words = element.getAttribute(name);
    const better = words && chinese(words);
    if (better) element.setAttribute(name, better);
  }
  if (!element.children.length && /^(stTooltip|stFileChip|stSkip)/.test(element.closest("[data-testid]")?.dataset.testid)) {
    const better = chinese(element.textContent.trim());
    if (better) element.firstChild.nodeValue = better;
  }
}
// Sidebar and cards speak the reader's language as they come.
const isOurs = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".rows");
const every = () => document.querySelectorAll("[aria-label],[title],[placeholder],[data-testid=stSkipToContent]");
const isChinese = () => document.documentElement.lang.startsWith("zh");
new MutationObserver(() => isChinese() && every().forEach(putRight)).observe(document.documentElement, {
  attributeFilter: ["lang"],
});
new MutationObserver((changes) => {
  if (!isChinese()) return;
  for (const { target, type, addedNodes } of changes) {
    if (isOurs(target)) continue;
    if (type !== "childList") putRight(target.nodeType === 1 ? target : target.parentElement ?? document.body);
    for (const node of addedNodes) {
      if (node.nodeType !== 1) continue;
      putRight(node);
      node.querySelectorAll(WORDED).forEach(putRight);
    }
  }
}).observe(document.documentElement, {
  childList: true,
  subtree: true,
  characterData: true,
  attributes: true,
  attributeFilter: NAMED,
});
