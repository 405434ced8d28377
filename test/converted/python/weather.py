"""The weather server itself: what a conversion must leave as it is."""

from fastmcp import Context, FastMCP
from fastmcp.exceptions import ToolError

TEMPERATURES = {"Oslo": 4, "Cairo": 31, "Lima": 19}
mcp = FastMCP("weather", version="1.0.0", instructions="Ask for a city by its English name.")


@mcp.tool
def get_temperature(city: str) -> int:
    """Temperature of a city in degrees Celsius."""
    if city not in TEMPERATURES:
        raise ToolError(f"No weather for {city}")
    return TEMPERATURES[city]


@mcp.tool
async def get_forecast(city: str, ctx: Context, days: int = 3) -> list[int]:
    """Temperatures of the next days."""
    forecast = []
    for day in range(days):
        await ctx.report_progress(day + 1, days)
        forecast.append(TEMPERATURES.get(city, 10) + day)
    await ctx.info(f"{days} days for {city}")
    return forecast


@mcp.resource("weather://cities")
def cities() -> str:
    """The cities with weather."""
    return ", ".join(TEMPERATURES)


@mcp.resource("weather://cities/{city}")
def report(city: str) -> str:
    """The weather of one city."""
    return f"{TEMPERATURES[city]} degrees in {city}"


@mcp.prompt
def packing(city: str) -> str:
    """What to pack for a city."""
    return f"What should I pack for {city}?"
