"""The first command on a fresh machine: an environment for Python, made once and whole."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.config.local_helpers import ROOT

# Stands in for a Python of a fresh machine: {lacks} is what it cannot do; pip only notes its words.
PYTHON = """#!/bin/sh
case "$*" in
    {lacks}) exit 1 ;;
    *"-m pip --version"*) exit 0 ;;
    *"-m pip "*) echo "$0 $*" >> "{folder}/pip.log"; [ ! -e "{folder}/pip-fails" ]; exit ;;
    *"-m venv"*) shift 2; exec "{real}" -m venv --without-pip "$@" ;;
esac
exec "{real}" "$@"
"""
ENSUREPIP, PIP = "*ensurepip*", '*"-m pip"*'
TOOLS = (
    *("sh", "cat", "cut", "date", "dirname", "flock", "id", "mkdir", "mktemp", "rm", "sha256sum"),
    "tr",
)


class Machine:
    """A copy of what the bootstrap needs, with a PATH of the programs that a test chooses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "project"
        self.venv = self.project / ".venv"
        self.programs = folder / "bin"
        self.programs.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None
            (self.programs / tool).symlink_to(found)
        (self.project / "config" / "local").mkdir(parents=True)
        shutil.copy(ROOT / "config" / "local" / "bootstrap.sh", self.project / "config" / "local")
        (self.project / "requirements").mkdir()
        self.require("run", "first==1")
        self.require("dev", "first==1\nsecond==2")

    def require(self, name: str, text: str) -> None:
        (self.project / "requirements" / f"{name}.txt").write_text(text, encoding="utf-8")

    def add(self, name: str, text: str) -> Path:
        program = self.programs / name
        program.unlink(missing_ok=True)
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
        return program

    def add_python(self, name: str = "python3", *lacks: str) -> Path:
        pattern = " | ".join(lacks) or "nothing"
        return self.add(name, PYTHON.format(lacks=pattern, folder=self.folder, real=sys.executable))

    def be_user(self, number: int) -> None:
        self.add("id", f"#!/bin/sh\necho {number}\n")

    def bootstrap(self, what: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own script.
            ["/bin/sh", str(self.project / "config" / "local" / "bootstrap.sh"), what],
            env={"PATH": str(self.programs), "HOME": os.environ["HOME"], **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def pip_uses(self) -> list[str]:
        log = self.folder / "pip.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


class TestEnvironment:
    def test_the_pinned_packages_are_installed_by_their_hashes(self, machine: Machine) -> None:
        machine.add_python()
        done = machine.bootstrap("run")
        assert done.returncode == 0, done.stderr
        (use,) = machine.pip_uses()
        assert "--require-hashes -r requirements/run.txt" in use
        assert f"--python {machine.venv}/bin/python" in use

    def test_the_second_time_nothing_is_done_or_said(self, machine: Machine) -> None:
        machine.add_python()
        machine.bootstrap("run")
        done = machine.bootstrap("run")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert len(machine.pip_uses()) == 1

    def test_changed_pins_are_installed(self, machine: Machine) -> None:
        machine.add_python()
        machine.bootstrap("run")
        machine.require("run", "first==2")
        machine.bootstrap("run")
        assert len(machine.pip_uses()) == 2

    def test_what_is_there_for_development_is_enough_for_running(self, machine: Machine) -> None:
        machine.add_python()
        machine.bootstrap("dev")
        machine.bootstrap("run")
        assert len(machine.pip_uses()) == 1

    def test_an_interrupted_installation_is_begun_anew(self, machine: Machine) -> None:
        machine.add_python()
        (machine.folder / "pip-fails").touch()
        done = machine.bootstrap("run")
        assert done.returncode == 1
        assert "could not be installed" in done.stderr
        half = machine.venv / "half-installed"
        half.touch()
        (machine.folder / "pip-fails").unlink()
        assert machine.bootstrap("run").returncode == 0
        assert not half.exists()

    def test_a_moved_project_gets_an_environment_of_its_own(self, machine: Machine) -> None:
        machine.add_python()
        machine.bootstrap("run")
        machine.project = machine.project.rename(machine.folder / "moved")
        machine.bootstrap("run")
        assert f"--python {machine.project}/.venv/bin/python" in machine.pip_uses()[-1]

    def test_settings_for_other_programs_do_not_leak_in(self, machine: Machine) -> None:
        machine.add_python()
        (machine.folder / "venv.py").write_text("raise SystemExit(9)", encoding="utf-8")
        done = machine.bootstrap("run", PYTHONPATH=str(machine.folder))
        assert done.returncode == 0, done.stderr


class TestChoosingPython:
    def chosen(self, machine: Machine) -> Path:
        assert machine.bootstrap("run").returncode == 0
        return Path((machine.venv / ".base").read_text(encoding="utf-8"))

    def test_the_newest_is_chosen(self, machine: Machine) -> None:
        machine.add_python("python3")
        newest = machine.add_python("python3.14")
        machine.add_python("python3.12")
        assert self.chosen(machine) == newest

    def test_one_that_can_make_environments_goes_before_a_newer_one(self, machine: Machine) -> None:
        machine.add_python("python3.14", ENSUREPIP, PIP)
        able = machine.add_python("python3.12")
        assert self.chosen(machine) == able

    def test_a_broken_pointer_does_not_hide_what_comes_after_it(self, machine: Machine) -> None:
        good = machine.add_python("python3")
        shims = machine.folder / "shims"
        shims.mkdir()
        (shims / "python3").write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
        (shims / "python3").chmod(0o755)
        done = machine.bootstrap("run", PATH=f"{shims}:{machine.programs}")
        assert done.returncode == 0, done.stderr
        assert (machine.venv / ".base").read_text(encoding="utf-8") == str(good)

    def test_without_one_the_command_to_type_is_said(self, machine: Machine) -> None:
        machine.add_python("python3", "*")
        done = machine.bootstrap("run")
        assert done.returncode == 1
        assert "sudo apt-get install -y python3 python3-venv" in done.stderr

    def test_without_its_module_for_environments_the_package_is_named(
        self, machine: Machine
    ) -> None:
        machine.add_python("python3", ENSUREPIP, PIP)
        machine.be_user(1000)
        done = machine.bootstrap("run")
        assert done.returncode == 1
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        assert f"sudo apt-get install -y python{version}-venv" in done.stderr

    def test_root_installs_the_module_for_environments(self, machine: Machine) -> None:
        machine.be_user(0)
        able = machine.add_python("able")
        machine.add_python("python3", ENSUREPIP, PIP)
        log = machine.folder / "apt.log"
        machine.add(
            "apt-get",
            f'#!/bin/sh\necho "$*" >> {log}\n/bin/cp {able} {machine.programs}/python3\n',
        )
        done = machine.bootstrap("run")
        assert done.returncode == 0, done.stderr
        update, install = log.read_text(encoding="utf-8").splitlines()
        assert update.startswith("update")
        assert install.endswith("-venv")


class TestBrowser:
    @pytest.fixture
    def chromium(self, machine: Machine) -> Callable[[str, int], Path]:
        return lambda name, code: machine.add(name, f"#!/bin/sh\nexit {code}\n")

    def test_the_first_that_works_is_printed(
        self, machine: Machine, chromium: Callable[[str, int], Path]
    ) -> None:
        chromium("chromium-browser", 1)
        working = chromium("google-chrome", 0)
        done = machine.bootstrap("browser")
        assert (done.returncode, done.stdout.strip()) == (0, str(working))

    def test_the_one_without_a_window_comes_first(
        self, machine: Machine, chromium: Callable[[str, int], Path]
    ) -> None:
        chromium("chromium", 0)
        working = chromium("chromium-headless-shell", 0)
        done = machine.bootstrap("browser")
        assert (done.returncode, done.stdout.strip()) == (0, str(working))

    @pytest.mark.parametrize("known", ["chromium-headless-shell", "chromium"])
    def test_root_installs_it(self, machine: Machine, known: str) -> None:
        program = machine.programs / known
        self._apt(machine, known)
        done = machine.bootstrap("browser")
        assert (done.returncode, done.stdout.strip()) == (0, str(program))

    def test_root_installs_the_one_without_a_window_beside_another(
        self, machine: Machine, chromium: Callable[[str, int], Path]
    ) -> None:
        chromium("chromium", 0)
        self._apt(machine, "chromium-headless-shell")
        done = machine.bootstrap("browser")
        assert done.stdout.strip() == str(machine.programs / "chromium-headless-shell")

    def test_where_the_system_knows_none_without_a_window_it_is_asked_once(
        self, machine: Machine, chromium: Callable[[str, int], Path]
    ) -> None:
        working = chromium("chromium", 0)
        self._apt(machine, "nothing")
        said = [machine.bootstrap("browser") for _ in range(2)]
        assert {one.stdout.strip() for one in said} == {str(working)}
        assert [one.stderr.count("Installing") for one in said] == [1, 0]

    def _apt(self, machine: Machine, known: str) -> None:
        """Whoever asks is root, and the system has this package alone."""
        machine.be_user(0)
        program = machine.programs / known
        made = f"printf '#!/bin/sh\\n' > {program}; /bin/chmod 755 {program}"
        machine.add(
            "apt-get",
            f'#!/bin/sh\ncase "$*" in update*) ;; *" {known}") {made} ;; *) exit 100 ;; esac\n',
        )

    def test_without_any_the_command_to_type_is_said(self, machine: Machine) -> None:
        machine.be_user(1000)
        done = machine.bootstrap("browser")
        assert done.returncode == 1
        assert "sudo apt-get install -y chromium" in done.stderr
