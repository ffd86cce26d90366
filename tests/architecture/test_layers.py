"""The layers of the house (pyproject.toml, [tool.importlinter]) hold."""

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

from tests.architecture.source import ROOT, modules, read


def test_imports_point_downwards_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    configure()
    holds = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_logo=True)
    assert holds, capsys.readouterr().out


def test_kernel_knows_neither_framework_nor_database() -> None:
    kernel = [path for path in modules("vssid") if path.parts[1] == "kernel"]
    assert kernel
    foreign = [str(path) for path in kernel if "django" in read(path).lower()]
    assert foreign == []
