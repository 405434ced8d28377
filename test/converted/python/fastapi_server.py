"""Converted by mounting the MCP app in FastAPI at /weather. Arguments: port, and optionally "forgetful".

A mounted app's own lifespan is not run, so the parent must take it over; "forgetful" is the classic mistake of not doing so.
"""

import sys

import uvicorn
from fastapi import FastAPI

from weather import mcp

mcp_app = mcp.http_app(path="/mcp")
app = FastAPI() if "forgetful" in sys.argv else FastAPI(lifespan=mcp_app.lifespan)
app.mount("/weather", mcp_app)


@app.get("/")
def health() -> dict[str, str]:
    return {"status": "ok"}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
