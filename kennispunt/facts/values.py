"""The value of a fact: how it is written down, checked and shown. Pure functions."""

import re
from decimal import Decimal, InvalidOperation

from kennispunt.ui.cleaning import amount, one_line

SINGULAR = {
    "adressen": "adres",
    "dagen": "dag",
    "gemeenten": "gemeente",
    "kandidaten": "kandidaat",
    "keer": "keer",
    "leden": "lid",
    "maanden": "maand",
    "oprichters": "oprichter",
    "stellingen": "stelling",
    "tekens": "teken",
    "uren": "uur",
    "vergunningen": "vergunning",
    "verklaringen": "verklaring",
    "volmachten": "volmacht",
    "weken": "week",
    "wethouders": "wethouder",
    "zetels": "zetel",
}
MONEY = {"EUR": "€", "USD": "USD"}
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


def written(value: str, unit: str) -> str:
    """The value as we keep it, from how editors type it: "€ 1.125,00" is 1125.00."""
    value = one_line(value)
    fixed = unit in ("tijd", "deel") or (unit == "procent" and re.fullmatch(r"[\d.]+", value))
    return value if fixed else amount(value)


def problem(value: str, unit: str) -> str:
    """Return what is wrong with this value in this unit, for editors; "" when it is right."""
    if unit == "tijd":
        return "" if HOURS.fullmatch(value) else "Schrijf een tijd zo: 09:00-17:00."
    if unit == "deel":
        fraction = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", value)
        right = fraction and int(fraction[1]) < int(fraction[2])
        return "" if right else "Schrijf een deel zo: 2/3."
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = None
    if number is None or not re.fullmatch(r"\d+(\.\d+)?", value):
        return "Schrijf een getal zonder tekens eromheen: 112,50 of 112.50."
    if unit == "procent":
        return "" if number <= 100 else "Een percentage is ten hoogste 100."
    if unit in MONEY:
        return "" if number == number.quantize(Decimal("0.01")) else "Een bedrag heeft hele centen."
    if unit not in SINGULAR and unit != "jaar":
        return f"De eenheid “{unit}” kennen we niet."
    return "" if number == int(number) else "Dit moet een heel getal zijn."


def bare(value: str, unit: str) -> str:
    """The value for a table: 112,50 or 1.125 or 2/3 or 9.00-17.00."""
    if unit == "deel":
        return value
    if unit == "tijd":
        return "-".join(clock(time) for time in value.split("-"))
    number = Decimal(value)
    if unit in MONEY:
        whole = number == int(number)
        written = f"{number:,.0f}" if whole else f"{number:,.2f}"
    else:
        written = f"{number.normalize():,f}"
    return written.translate(str.maketrans(",.", ".,"))


def shown(value: str, unit: str) -> str:
    """The value with its unit, as a reader sees it: € 112,50, 1 maand, 9.00 tot 17.00 uur."""
    written = bare(value, unit)
    if unit in MONEY:
        return f"{MONEY[unit]} {written}"
    if unit == "procent":
        return f"{written}%"
    if unit == "tijd":
        return f"{written.replace('-', ' tot ')} uur"
    return f"{written} {SINGULAR.get(unit, unit) if value == '1' else unit}"


def clock(time):
    return f"{int(time[:2])}.{time[3:]}"
