"""The STDIO original."""

from weather import mcp

if __name__ == "__main__":
    mcp.run()
