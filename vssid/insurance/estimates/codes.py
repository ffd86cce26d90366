"""The codes by which an estimate speaks; a page has words for each of them."""

from enum import StrEnum


class Unit(StrEnum):
    """What a figure counts."""

    DONG = "dong"
    MONTHS = "months"
    MONTH_COUNT = "month-count"
    AGE = "age"
    DAYS = "days"
    HALF_DAYS = "half-days"
    HALF_YEARS = "half-years"
    PER_MILLE = "per-mille"
    COUNT = "count"
    MONTH = "month"
    DAY = "day"


class LineCode(StrEnum):
    """One step of a calculation."""

    MEAN_SALARY = "mean-salary"
    PAY_CEILING = "pay-ceiling"
    MEAN_CEILING = "mean-ceiling"

    ODD_MONTHS_MOVED = "odd-months-moved"
    YEARS_BEFORE_2014 = "years-before-2014"
    YEARS_SINCE_2014 = "years-since-2014"
    PAID_IN = "paid-in"
    TWO_MEANS = "two-means"
    STATE_SUPPORT = "state-support"

    PENSION_AGE = "pension-age"
    PENSION_FROM = "pension-from"
    PAYING_ON = "paying-on"
    MEAN_WITH_FUTURE = "mean-with-future"
    PAID_TIME = "paid-time"
    RATE_WOMAN = "rate-woman"
    RATE_MAN = "rate-man"
    RATE_MAN_SHORT = "rate-man-short"
    EARLY = "early"
    PENSION = "pension"
    LEAST_PENSION = "least-pension"
    EXTRA_YEARS = "extra-years"
    EXTRA_YEARS_LATE = "extra-years-late"

    LEAVE_MONTHS = "leave-months"
    LEAVE_PAY = "leave-pay"
    BIRTH_GRANT = "birth-grant"
    FATHER_DAYS = "father-days"
    FATHER_PAY = "father-pay"
    VOLUNTARY_GRANT = "voluntary-grant"

    SICK_DAYS_LEFT = "sick-days-left"
    SICK_DAY = "sick-day"
    SICK_PAY = "sick-pay"

    SIXTY_PERCENT = "sixty-percent"
    BENEFIT_CAP = "benefit-cap"
    BENEFIT_MONTHS = "benefit-months"
    BENEFIT_IN_ALL = "benefit-in-all"

    FIRST_MEMBER = "first-member"
    FURTHER_MEMBER = "further-member"


class TableCode(StrEnum):
    """A table of figures that was used."""

    BASE_WAGE = "base-wage"
    PRICE_LEVELS = "price-levels"
    RETIREMENT_AGES = "retirement-ages"
    VOLUNTARY_SUPPORT = "voluntary-support"
    FATHER_DAYS = "father-days"
    VOLUNTARY_BIRTH_GRANT = "voluntary-birth-grant"
    SICK_DAYS = "sick-days"
    CHILD_SICK_DAYS = "child-sick-days"
    REGIONAL_WAGES = "regional-wages"
    UNEMPLOYMENT_TERMS = "unemployment-terms"
    PENSION_INCREASES = "pension-increases"


class Caveat(StrEnum):
    """What was assumed, left out, or is not settled beyond doubt."""

    LATE_MONTHS = "late-months"
    WITHDRAWN_MONTHS = "withdrawn-months"
    OVERLAPS = "overlaps"
    NOT_STATE_SCALE = "not-state-scale"
    STATE_SCALE = "state-scale"
    UNKNOWN_PAY = "unknown-pay"
    PAY_ABOVE_CEILING = "pay-above-ceiling"
    BIRTH_YEAR_ONLY = "birth-year-only"

    OTHER_PRICES = "other-prices"
    FUTURE_FIGURES = "future-figures"
    STILL_PAYING = "still-paying"
    LOSES_TIME = "loses-time"
    UNDER_A_YEAR = "under-a-year"
    SUPPORT_ASSUMED = "support-assumed"
    PROOF_NEEDED = "proof-needed"

    GOES_ON_PAYING = "goes-on-paying"
    MIXED_TIME = "mixed-time"
    EARLY_AGE = "early-age"
    OLD_VOLUNTARY = "old-voluntary"
    HEAVY_YEARS = "heavy-years"

    SEVEN_MONTHS = "seven-months"
    TWINS_AS_SECOND = "twins-as-second"
    BIRTH_MONTH = "birth-month"
    FEW_MONTHS = "few-months"
    ONE_PARENT = "one-parent"

    MUST_BE_EMPLOYED = "must-be-employed"
    DAYS_CUT = "days-cut"
    LONG_ILLNESS = "long-illness"
    CHILD_BIRTHDAY = "child-birthday"

    LAWFUL_END = "lawful-end"
    KEPT_MONTHS = "kept-months"
    KEPT_ABOVE_TWELVE_YEARS = "kept-above-twelve-years"
    HOLIDAYS = "holidays"
    REGION_ASSUMED = "region-assumed"
    DRAWN_BEFORE = "drawn-before"

    SAME_HOUSEHOLD = "same-household"
    OTHER_GROUPS = "other-groups"
    CHANGE_WITHIN = "change-within"


class RefusalCode(StrEnum):
    """Why nothing can be estimated."""

    NOTHING_PAID = "nothing-paid"
    PAY_UNKNOWN = "pay-unknown"

    TWENTY_YEARS = "twenty-years"
    JOINED_TOO_LATE = "joined-too-late"
    BELOW_PENSION_AGE = "below-pension-age"
    ENOUGH_FOR_PENSION = "enough-for-pension"

    TOO_FEW_MONTHS = "too-few-months"
    TOO_FEW_COMPULSORY = "too-few-compulsory"

    MATERNITY_MONTHS = "maternity-months"
    NO_SICK_FUND = "no-sick-fund"
    NO_DAYS_LEFT = "no-days-left"
    CHILD_TOO_OLD = "child-too-old"
    CHILD_NOT_BORN = "child-not-born"

    UNEMPLOYMENT_MONTHS = "unemployment-months"
    FILED_TOO_LATE = "filed-too-late"
    COULD_DRAW_PENSION = "could-draw-pension"
    DRAWING_UNEMPLOYMENT = "drawing-unemployment"
    DRAWING_UNEMPLOYMENT_UNKNOWN = "drawing-unemployment-unknown"
    UNEMPLOYMENT_USED_UP = "unemployment-used-up"

    DRAWING_PENSION = "drawing-pension"
    PENSION_BARS_WITHDRAWAL = "pension-bars-withdrawal"
    PENSION_BARS_UNEMPLOYMENT = "pension-bars-unemployment"
