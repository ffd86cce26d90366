"""Names are compared as people mean them: case, spacing and tone places do not count."""

import pytest

from vssid.registration.identity.names import Likeness, is_name_of_mrz, likeness


@pytest.mark.parametrize(
    ("stated", "printed", "found"),
    [
        ("Nguyễn Văn A", "Nguyễn Văn A", Likeness.SAME),
        ("NGUYỄN  văn a", "Nguyễn Văn A", Likeness.SAME),
        ("Nguye\u0302\u0303n Văn A", "Nguyễn Văn A", Likeness.SAME),
        ("Lê Thị Hòa", "Lê Thị Hoà", Likeness.SAME),
        ("Lê ThịHoà", "Lê Thị Hoà", Likeness.SAME),
        ("H'Hen Niê", "H’Hen Niê", Likeness.SAME),
        ("Nguyen Van A", "Nguyễn Văn A", Likeness.ACCENTS),
        ("Lê Thị Hoa", "Lê Thị Hoà", Likeness.ACCENTS),
        ("Do Van Dat", "Đỗ Văn Đạt", Likeness.ACCENTS),
        ("Nguyễn Văn B", "Nguyễn Văn A", Likeness.OTHER),
        ("Văn A Nguyễn", "Nguyễn Văn A", Likeness.OTHER),
        ("", "Nguyễn Văn A", Likeness.OTHER),
    ],
)
def test_accented_names(stated: str, printed: str, found: Likeness) -> None:
    assert likeness(stated, printed) is found


@pytest.mark.parametrize(
    ("stated", "capitals", "is_same"),
    [
        ("Đặng Thị Hương", "DANG THI HUONG", True),
        ("dang thi huong", "DANG THI HUONG", True),
        ("Đặng Thị Hường B", "DANG THI HUONG", False),
        ("Sukarnadi", "SUKARNADI", True),
        ("Anne-Marie O'Neil", "ANNE MARIE ONEIL", True),
        ("Jürgen Groß", "JUERGEN GROSS", True),
        ("Jürgen Müller", "JURGEN MULLER", True),
        ("Müller Jürgen", "JURGEN MULLER", False),
    ],
)
def test_names_of_an_mrz_have_no_accents(stated: str, capitals: str, *, is_same: bool) -> None:
    assert is_name_of_mrz(stated, capitals, is_cut=False, any_order=False) is is_same


def test_abroad_given_names_may_come_first() -> None:
    assert is_name_of_mrz("Julian Parkway", "PARKWAY JULIAN", is_cut=False, any_order=True)
    assert not is_name_of_mrz("Julian Parkways", "PARKWAY JULIAN", is_cut=False, any_order=True)


@pytest.mark.parametrize("any_order", [False, True])
def test_a_cut_name_is_compared_as_far_as_it_goes(*, any_order: bool) -> None:
    long, cut = (
        "Vanderhoeven Grasshoff Wilhelmina Jozefina",
        "VANDERHOEVEN GRASSHOFF WILHELMINA JOZE",
    )
    assert is_name_of_mrz(long, cut, is_cut=True, any_order=any_order)
    assert not is_name_of_mrz(long, cut, is_cut=False, any_order=any_order)
    assert not is_name_of_mrz("Vanderhoeven", cut, is_cut=True, any_order=any_order)


def test_a_cut_name_in_the_order_of_abroad() -> None:
    assert is_name_of_mrz(
        "Wilhelmina Jozefina Vanderhoeven",
        "VANDERHOEVEN WILHELMINA JOZ",
        is_cut=True,
        any_order=True,
    )
