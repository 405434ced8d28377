"""Converted by one line: run(transport="http"). Arguments: port, and optionally "stateless"."""

import sys

from weather import mcp

if __name__ == "__main__":
    mcp.run(
        transport="http",
        host="127.0.0.1",
        port=int(sys.argv[1]),
        stateless_http="stateless" in sys.argv,
        show_banner=False,
    )
