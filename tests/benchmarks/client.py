"""A reader without a browser: speaks Streamlit's websocket, so that the server's own time is all that is measured."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


@dataclass
class Reader:
    """One open session. ``ask`` runs the board once and gives milliseconds and bytes until it has finished."""

    port: int
    socket: ClientConnection = field(init=False)

    def __post_init__(self) -> None:
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

    def close(self) -> None:
        self.socket.close()
