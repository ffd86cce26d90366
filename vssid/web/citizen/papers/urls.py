"""The addresses of papers: one's own, a child's, and the public page that checks one."""

from django.urls import URLPattern, path

from vssid.accounts.passages import PassageKind
from vssid.people.visibility import Part, Sight
from vssid.web.citizen.papers import checking, statements
from vssid.web.citizen.record.reader import RecordView, of_other, own_afresh

# Address, view, name.
_PAGES: tuple[tuple[str, RecordView[...], str], ...] = (
    ("giay-xac-nhan/", statements.statements, "statements"),
    ("giay-xac-nhan/<uuid:statement>/", statements.statement, "statement"),
    ("giay-xac-nhan/<uuid:statement>/giay.pdf", statements.statement_pdf, "statement-pdf"),
    ("giay-xac-nhan/<uuid:statement>/thu-hoi/", statements.revoke, "statement-revoke"),
)

urlpatterns: list[URLPattern] = [
    *(path(address, own_afresh(view), name=name) for address, view, name in _PAGES),
    *(
        path(
            f"con/<uuid:child>/{address}",
            of_other(
                view, PassageKind.CHILD, Part.CONTRIBUTIONS, with_read=False, least=Sight.FULL
            ),
            name=f"child-{name}",
        )
        for address, view, name in _PAGES
    ),
    path("kiem-tra-giay/", checking.check, name="paper-check"),
    path("kiem-tra-giay/tep/", checking.check_file, name="paper-check-file"),
    path("kiem-tra-giay/<str:typed>/", checking.check_code, name="paper-check-code"),
]
