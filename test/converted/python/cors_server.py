"""Converted for browsers: CORS as guides show it. Arguments: port, and optionally "hidden".

"hidden" leaves out expose_headers, so that a browser's script never sees the session id.
"""

import sys

import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from weather import mcp

exposed = [] if "hidden" in sys.argv else ["Mcp-Session-Id"]
cors = Middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["GET", "POST", "DELETE", "OPTIONS"],
    allow_headers=["*"],
    expose_headers=exposed,
)
app = mcp.http_app(path="/mcp", middleware=[cors])

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
