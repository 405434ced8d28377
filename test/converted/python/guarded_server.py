"""Converted, behind credentials from the Authorization header. Arguments: port, "apikey" or "credentials".

apikey: "Authorization: Bearer <key>" with the key of WEATHER_API_KEY.
credentials: "Authorization: Bearer <base64 of a JSON object>" with username and password; the password is that of WEATHER_PASSWORD.
"""

import base64
import binascii
import hmac
import json
import os
import sys

import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse

from weather import mcp


def is_api_key(token: str) -> bool:
    return hmac.compare_digest(token.encode(), os.environ["WEATHER_API_KEY"].encode())


def are_credentials(token: str) -> bool:
    try:
        given = json.loads(base64.b64decode(token, validate=True))
    except (binascii.Error, ValueError):
        return False
    if not isinstance(given, dict) or not isinstance(given.get("username"), str):
        return False
    return hmac.compare_digest(str(given.get("password")).encode(), os.environ["WEATHER_PASSWORD"].encode())


class Guard(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        accepted = is_api_key if "apikey" in sys.argv else are_credentials
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not accepted(token):
            return JSONResponse({"error": "unauthorized"}, 401, {"WWW-Authenticate": "Bearer"})
        return await call_next(request)


app = mcp.http_app(path="/mcp", middleware=[Middleware(Guard)])

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
