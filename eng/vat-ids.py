#!/usr/bin/env python3
"""Writes tests/Pricing.Tests/Prices/VatIds.txt: VAT ids with the verdict of python-stdnum (Debian: python3-stdnum).

    eng/vat-ids.py

The same version writes the same file. + is right, - is not.
"""
import pathlib
import random
import string

from stdnum.eu import vat

FORMS = {
    "AT": "U########",
    "BE": "0#########",
    "BG": "######### ##########",
    "CY": "########L",
    "CZ": "######## 6######## ##########",
    "DE": "#########",
    "DK": "########",
    "EE": "#########",
    "EL": "#########",
    "ES": "A######## B######## E######## H######## J######## J#######L N#######L P#######L Q#######L R#######L S#######L W#######L C######## D#######L F######## G######## U######## V######## V#######L ########L X#######L Y#######L Z#######L K#######L M#######L",
    "FI": "########",
    "FR": "########### L########## #L#########",
    "HR": "###########",
    "HU": "########",
    "IE": "#######L #######LL #L#####L",
    "IT": "0##########",
    "LT": "#######1# ##########1#",
    "LU": "########",
    "LV": "4########## 9##########",
    "MT": "########",
    "NL": "#########B##",
    "PL": "##########",
    "PT": "#########",
    "RO": "## ###### ######## ########## #############",
    "SE": "##########01",
    "SI": "########",
    "SK": "##########",
}

# Where python-stdnum asks for less or more than the rules that Pricing follows, its verdict on these decides nothing.
OTHER_RULES = {
    "BG2688341007",  # a citizen's number with right check digits and no date in it; ours looks at the digits only
    "CZ6195316215",  # month 95 of a birth number; there are 1 to 12, 21 to 32, 51 to 62 and 71 to 82
    "EL62147390", "EL97457306",  # eight digits, as before 1998
    "ESH7253654C", "ESH9515350H", "ESN88131768",  # a letter where the form has a digit, and the other way round
    "SE446269837607", "SE758479236551",  # a registration that is not the first of its company
    "SK0803050765",  # a birth number, which is no VAT id
}

chance = random.Random(4711)


def fill(form):
    kinds = {"#": string.digits, "L": string.ascii_uppercase}
    return "".join(chance.choice(kinds[c]) if c in kinds else c for c in form)


def right(number):
    try:
        return bool(vat.validate(number))
    except Exception:
        return False


verdicts = {}
for country, forms in FORMS.items():
    for form in forms.split():
        found = tries = 0
        while found < 4 and tries < 60_000:
            tries += 1
            number = fill(form)
            if not right(country + number):
                continue
            found += 1
            verdicts[country + number] = True
            for _ in range(3):
                at = chance.randrange(len(number))
                others = string.digits if number[at].isdigit() else string.ascii_uppercase
                slip = number[:at] + chance.choice(others.replace(number[at], "")) + number[at + 1:]
                verdicts[country + slip] = right(country + slip)
            for slip in (number[:-1], number + "0"):
                verdicts[country + slip] = right(country + slip)

target = pathlib.Path(__file__).parent.parent / "tests/Pricing.Tests/Prices/VatIds.txt"
target.write_text("".join(f"{'+' if ok else '-'}{number}\n" for number, ok in sorted(verdicts.items()) if number not in OTHER_RULES))
print(f"{len(verdicts.keys() - OTHER_RULES)} numbers")
