"""Whether the time of a failed sign-in tells how many accounts an email has.

    .venv/bin/python bench/signin.py [--rounds 12]

In a temporary database there is an email without an account, one with one and one with three. Each
is tried with a wrong password, in turns, through the whole application, throttling off; then making
an account with a free and with a taken email. Work of the processor in milliseconds (medians), as a
ratio to the email that has no account: 1.00 tells nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.pop("DATABASE_URL", None)
        Path(folder, "static").mkdir()
        measure(options.rounds)


def measure(rounds: int) -> None:
    import django
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.AXES_ENABLED = False
    settings.ACCOUNT_RATE_LIMITS = False
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    def spent(path: str, data: dict[str, str]) -> float:
        client = Client(SERVER_NAME="127.0.0.1")
        begun = time.thread_time()
        client.post(path, data)
        return 1000 * (time.thread_time() - begun)

    def join(email: str, number: int) -> float:
        data = {"email": email, "password1": f"a long enough word {number}"}
        return spent("/account/signup/", data)

    call_command("migrate", verbosity=0)
    accounts = {"no@example.org": 0, "one@example.org": 1, "three@example.org": 3}
    for email, number in accounts.items():
        for place in range(number):
            join(email, place)
    times: dict[str, list[float]] = {email: [] for email in accounts}
    joins: dict[str, list[float]] = {"free": [], "taken": []}
    for turn in range(rounds):
        for email in accounts:
            data = {"login": email, "password": "wrong"}
            times[email].append(spent("/account/login/", data))
        joins["free"].append(join(f"new{turn}@example.org", 100))
        joins["taken"].append(join("one@example.org", 100 + turn))
    least = median(times["no@example.org"])
    for email, number in accounts.items():
        work = median(times[email])
        print(f"sign in, {number} accounts: {work:7.1f}  {work / least:.2f}")
    free, taken = median(joins["free"]), median(joins["taken"])
    print(f"make an account, free email: {free:7.1f}  1.00")
    print(f"make an account, taken email: {taken:6.1f}  {taken / free:.2f}")


if __name__ == "__main__":
    main()
