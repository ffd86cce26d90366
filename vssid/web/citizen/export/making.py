"""What a worker does for one export: gather, write down, pack. Every step says how far it is."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import override

from vssid.accounts.commands import exports
from vssid.accounts.models import ExportFormat, ExportReason, ExportStage
from vssid.audit.actors import Actor
from vssid.audit.commands import open_record
from vssid.documents.errors import TypesettingError
from vssid.documents.tables.as_csv import as_csv
from vssid.documents.tables.as_json import as_json
from vssid.documents.tables.as_pdf import as_pdf
from vssid.files.errors import FileDamagedError, FileErasedError, FileMissingError
from vssid.files.queries import read_file
from vssid.kernel.clock import VIETNAM, format_datetime, utc_now
from vssid.kernel.tables import Table
from vssid.web.citizen.export.contents import PARTS, in_vietnamese

README = """Bản sao dữ liệu cá nhân của bạn trên VssID, không thay giấy xác nhận.
Lập lúc {made_at} (giờ Việt Nam) cho mã số BHXH {number}.

{contents}
Trong tệp này có thông tin về thu nhập và sức khỏe của bạn: chỉ đưa cho người bạn tin, xóa khi
không còn cần, nhất là trên máy dùng chung.
"""
_SAID = {
    "ho-so.pdf": "ho-so.pdf: để đọc và in.",
    "csv/": "csv/: mỗi bảng một tệp, mở bằng Excel, LibreOffice, Google Trang tính. Để không mất "
    "số 0 đứng đầu\n  của mã số và số điện thoại, khi nhập hãy chọn kiểu «Văn bản» cho các cột đó.",
    "ho-so.json": "ho-so.json: để phần mềm khác đọc.",
    "anh-chan-dung.jpg": "anh-chan-dung.jpg: ảnh chân dung của tài khoản.",
}


class EndedError(Exception):
    """The export was ended, or given to another worker, while this one was at it."""


def make_export(*, ticket: str) -> None:
    """Make one export from its ticket; does nothing when it is not its turn.

    What goes wrong is written down for its owner, who may ask again. Raises what nobody foresaw,
    after writing it down.
    """
    work = exports.begin_export(ticket=ticket, now=utc_now())
    if work is None:
        return
    try:
        with override("vi"):
            content = _pack(work, utc_now())
        _note(work, ExportStage.SEALING, 95)
        exports.finish_export(work=work, content=content, now=utc_now())
    except EndedError:
        return
    except OSError:
        _fail(work, ExportReason.NO_SPACE)
    except TypesettingError:
        _fail(work, ExportReason.TYPESETTING)
    except Exception:
        _fail(work, ExportReason.UNKNOWN)
        raise


def _pack(work: exports.Work, made_at: datetime) -> bytes:
    tables = tuple(_gather(work))
    files = dict(_files(work, tables, made_at))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {"doc-truoc.txt": _readme(work, files, made_at), **files}.items():
            info = zipfile.ZipInfo(name, made_at.astimezone(VIETNAM).timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, content)
    return out.getvalue()


def _gather(work: exports.Work) -> Iterator[Table]:
    """The owner's own look at everything about them: their sign-in covers it."""
    owner = Actor.citizen(work.number)
    access = open_record(by=owner, subject=work.number, purpose="export")
    for at, part in enumerate(PARTS):
        _note(work, ExportStage.READING, 5 + 40 * at // len(PARTS))
        yield from part(access)


def _files(
    work: exports.Work, tables: tuple[Table, ...], made_at: datetime
) -> Iterator[tuple[str, bytes]]:
    if ExportFormat.JSON in work.formats:
        _note(work, ExportStage.JSON, 50)
        yield "ho-so.json", as_json(tables, number=work.number, made_at=made_at)
    said = [in_vietnamese(table) for table in tables]
    if ExportFormat.CSV in work.formats:
        _note(work, ExportStage.CSV, 60)
        for table in said:
            yield f"csv/{table.name}.csv", as_csv(table)
    if ExportFormat.PDF in work.formats:
        _note(work, ExportStage.PDF, 70)
        yield (
            "ho-so.pdf",
            as_pdf(said, number=work.number, full_name=_name(tables), made_at=made_at),
        )
    portrait = _portrait(work)
    if portrait:
        yield "anh-chan-dung.jpg", portrait


def _name(tables: tuple[Table, ...]) -> str:
    person = next(table for table in tables if table.name == "person")
    at = [column.name for column in person.columns].index("full_name")
    return str(person.rows[0][at])


def _portrait(work: exports.Work) -> bytes:
    if work.portrait is None:
        return b""
    try:
        return read_file(work.portrait)
    except (FileMissingError, FileErasedError, FileDamagedError):
        # A photo that is not there any more must not keep the record back.
        return b""


def _readme(work: exports.Work, files: dict[str, bytes], made_at: datetime) -> bytes:
    there = [line for name, line in _SAID.items() if any(one.startswith(name) for one in files)]
    text = README.format(
        made_at=format_datetime(made_at),
        number=work.number,
        contents="".join(f"- {line}\n" for line in there),
    )
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _note(work: exports.Work, stage: ExportStage, percent: int) -> None:
    if not exports.note_progress(work=work, stage=stage, percent=percent, now=utc_now()):
        raise EndedError


def _fail(work: exports.Work, reason: ExportReason) -> None:
    exports.fail_export(work=work, reason=reason, now=utc_now())
