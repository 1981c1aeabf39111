"""A reader without a browser: speaks Streamlit's websocket, so that the server's own time is all that is measured."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from http.client import HTTPConnection

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


@dataclass
class Reader:
    """One open session. ``ask`` runs the board once and gives milliseconds and bytes until it has finished."""

    port: int
    socket: ClientConnection = field(init=False)
    line: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.line = HTTPConnection("127.0.0.1", self.port)
        self.socket = connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            compression=None,  # type: ignore[list-item]
        )

    def ask(self, page: str, query: str) -> tuple[float, int]:
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        message.rerun_script.context_info.timezone = "Asia/Shanghai"
        start = time.perf_counter()
        self.socket.send(message.SerializeToString())
        received = 0
        while True:
            data = self.socket.recv()
            assert isinstance(data, bytes)
            received += len(data)
            answer = ForwardMsg()
            answer.ParseFromString(data)
            is_end = answer.WhichOneof("type") == "script_finished"
            if is_end and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return 1000 * (time.perf_counter() - start), received

    def early(self, page: str, query: str) -> float:
        """Asks for the cards that come ahead of a run, and gives milliseconds until they are there."""
        start = time.perf_counter()
        self.line.request("GET", f"/board/light/{page}?{query}")
        self.line.getresponse().read()
        self.line.close()  # the server hangs up on readers who think for more than five seconds
        return 1000 * (time.perf_counter() - start)

    def close(self) -> None:
        self.line.close()
        self.socket.close()
