"""The codes of states and organisations in an MRZ: ISO 3166-1 and ICAO Doc 9303 part 3, 5."""

from typing import Final

# By first letter, then the rest. No check digit covers a code, so that none but these is believed.
_BY_FIRST_LETTER: Final = {
    "A": "BW FG GO IA LA LB ND RE RG RM SM TA TF TG US UT ZE",
    "B": "DI EL EN ES FA GD GR HR HS IH LM LR LZ MU OL RA RB RN TN VT WA",
    "C": "AF AN CK HE HL HN IV MR OD OG OK OL OM PV RI UB UW XR YM YP ZE",
    "D": " JI MA NK OM ZA",
    "E": "CU GY RI SH SP ST TH UE",
    "F": "IN JI LK RA RO SM",
    "G": "AB BD BN BO BP BR BS EO GY HA IB IN LP MB NB NQ RC RD RL TM UF UM UY",
    "H": "KG MD ND RV TI UN",
    "I": "DN MN ND OT RL RN RQ SL SR TA",
    "J": "AM EY OR PN",
    "K": "AZ EN GZ HM IR NA OR WT",
    "L": "AO BN BR BY CA IE KA SO TU UX VA",
    "M": "AC AF AR CO DA DG DV EX HL KD LI LT MR NE NG NP OZ RT SR TQ US WI YS YT",
    "N": "AM CL ER FK GA IC IU LD OR PL RU ZL",
    "O": "MN",
    "P": "AK AN CN ER HL LW NG OL RI RK RT RY SE YF",
    "Q": "AT",
    "R": "EU KS OU US WA",
    "S": "AU DN EN GP GS HN JM LB LE LV MR OM PM RB SD TP UR VK VN WE WZ XM YC YR",
    "T": "CA CD GO HA JK KL KM LS ON TO UN UR UV WN ZA",
    "U": "GA KR MI NA NK NO RY SA ZB",
    "V": "AT CT EN GB IR NM UT",
    "W": "LF SM",
    "X": "BA CC CE CO DC EC ES IM MP OM PO XA XB XC XX",
    "Y": "EM",
    "Z": "AF MB WE",
}

CODES: Final = frozenset(
    first + rest for first, line in _BY_FIRST_LETTER.items() for rest in line.split(" ")
)
"""Germany stands among them as its passports write it: D."""
