"""The one place of colour and type: tokens for light and dark, the chart template, the style sheet's variables."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Literal

Mode = Literal["light", "dark"]

FONT = '"Noto Sans CJK SC","Source Han Sans SC","Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif'

# Contrast against the card was checked for every token: text at least 4.5, marks at least 3.0 (WCAG 2.2).
LIGHT = MappingProxyType(
    {
        "page": "#F7F6F3",
        "side": "#EFEDE8",
        "card": "#FFFFFF",
        "line": "#E4E1DA",
        "grid": "#ECEAE4",
        "axis": "#B9B5AB",
        "ink": "#1F2328",
        "ink2": "#555B65",
        "ink3": "#6B717B",
        "red": "#A3211C",
        "blue": "#2F5D8A",
        "past": "#7796B5",
        "rest": "#DCE6EF",
        "band": "#F1F4F7",
        "amber": "#8A5200",
        "amberfill": "#CB8018",
        "amberbg": "#FFF3DC",
        "second": "#B2CAE0",
        "hatch": "#9AA1AB",
        "onblue": "#FFFFFF",
        "on": "#FFFFFF",
        "tip": "#FFFFFF",
    }
)
DARK = MappingProxyType(
    {
        "page": "#14161A",
        "side": "#191C20",
        "card": "#1C1F24",
        "line": "#2C3037",
        "grid": "#282C33",
        "axis": "#565D68",
        "ink": "#E9EAEC",
        "ink2": "#B3B8C0",
        "ink3": "#959BA5",
        "red": "#E8776C",
        "blue": "#7FB0DE",
        "past": "#4F6E8F",
        "rest": "#2A3848",
        "band": "#232830",
        "amber": "#F2B65A",
        "amberfill": "#D99A3A",
        "amberbg": "#3A2C12",
        "second": "#355576",
        "hatch": "#78808B",
        "onblue": "#10151B",
        "on": "#262B32",
        "tip": "#262B32",
    }
)
CATEGORICAL: dict[Mode, tuple[str, ...]] = {
    "light": (
        "#2F5D8A", "#8B2C31", "#44A283", "#7A58C4", "#95912D", "#4597DC", "#9B5B30", "#D368AA", "#1F2A3C", "#6C7078",
    ),
    "dark": (
        "#8DB8E4", "#E0574A", "#3F8279", "#8B57C8", "#DEE2AC", "#6C93E0", "#B79F7C", "#F6D5E9", "#4D6F91", "#A0A4AB",
    ),
}  # fmt: skip
SEQUENTIAL: dict[Mode, tuple[str, ...]] = {
    "light": (
        "#EEF3F8", "#DDE8F1", "#C9DAE9", "#B2CAE0", "#98B8D5", "#7AA4C8", "#5E8EB8", "#4478A7", "#2F5D8A", "#1E4468",
    ),
    "dark": (
        "#202A35", "#26384A", "#2D465F", "#355576", "#3E6893", "#4C7EAE", "#6394C4", "#7BAADB", "#97C0EA", "#BAD7F3",
    ),
}  # fmt: skip
# Map areas use four steps, chosen so that names stay readable on each of them.
MAP_STEPS: dict[Mode, tuple[int, ...]] = {"light": (1, 3, 5, 7), "dark": (1, 3, 4, 6)}
# Ordered classes (A to D, four years back to this one) take the sequence from strong to pale.
ORDERED_STEPS: dict[Mode, tuple[int, ...]] = {"light": (8, 5, 3, 1, 0), "dark": (8, 6, 4, 2, 1)}


def tokens(mode: Mode) -> dict[str, str]:
    """Every colour token of one mode, by name."""
    return dict(LIGHT if mode == "light" else DARK)


def map_colours(mode: Mode) -> tuple[str, ...]:
    """Four blues from low to high."""
    return tuple(SEQUENTIAL[mode][step] for step in MAP_STEPS[mode])


def ordered_colours(mode: Mode) -> tuple[str, ...]:
    """Five blues from strong to pale, for ordered classes."""
    return tuple(SEQUENTIAL[mode][step] for step in ORDERED_STEPS[mode])


def variables(mode: Mode) -> str:
    """The tokens as CSS custom properties, for one ``:root`` rule."""
    return "".join(f"--{name}:{value};" for name, value in tokens(mode).items())


def axis(mode: Mode, **changes: Any) -> dict[str, Any]:
    """A category axis: a base line and labels, no grid, no ticks."""
    made = {
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linewidth": 1,
        "linecolor": tokens(mode)["axis"],
        "ticks": "",
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": 12, "color": tokens(mode)["ink2"]},
    }
    return made | changes


def value_axis(mode: Mode, **changes: Any) -> dict[str, Any]:
    """A value axis: at most five hairlines, from zero, no line of its own."""
    return axis(
        mode,
        **(
            {
                "showgrid": True,
                "gridcolor": tokens(mode)["grid"],
                "gridwidth": 1,
                "showline": False,
                "nticks": 5,
                "rangemode": "tozero",
            }
            | changes
        ),
    )


def layout(mode: Mode, **changes: Any) -> dict[str, Any]:
    """A plotly layout in the house style, as a plain dict; ``changes`` are laid over it key by key."""
    colour = tokens(mode)
    made: dict[str, Any] = {
        "font": {"family": FONT, "size": 12, "color": colour["ink2"]},
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(CATEGORICAL[mode]),
        "showlegend": False,
        "bargap": 0.32,
        "bargroupgap": 0.08,
        "separators": ".,",
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": axis(mode),
        "yaxis": value_axis(mode),
        "hoverlabel": {
            "align": "left",
            "bgcolor": colour["tip"],
            "bordercolor": colour["axis"],
            "font": {"size": 13, "color": colour["ink"], "family": FONT},
        },
        "autosize": True,
    }
    return made | changes
