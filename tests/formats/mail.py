#!/usr/bin/env python3
"""Writes letter.eml, page.mhtml and letters.mbox with Python's email and mailbox (3.11 wrote those that stand here).

    python3 mail.py FOLDER
"""
import email.message
import email.policy
import mailbox
import pathlib
import sys

HARBOUR = (
    "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.\n\n"
    "From the café on the pier forty volunteers had carried the sand out in buckets. The ferries to the islands will run twice a day until the autumn.\n"
)
MILL = (
    "<html><head><title>The mill</title></head><body><h1>Water mill grinds flour again</h1><p>After sixty years the water mill above the village "
    "grinds flour again, on Saturdays and for whoever brings grain.</p><p>The wheel was carved anew by two carpenters, who had found the plans in the "
    "attic of the school – “by chance”, as they say.</p></body></html>\n"
)


def letter(subject, sender, date, number):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["Subject"], message["From"], message["Date"] = subject, sender, date
    message["To"], message["Message-ID"] = "readers@news.example", f"<{number}@news.example>"
    return message


harbour = letter("Kai wieder geöffnet – quay reopens after the storm", "Ada Quill <ada@news.example>", "Mon, 16 Jun 2031 15:53:00 +0200", 1)
harbour.set_content(HARBOUR, charset="iso-8859-1", cte="quoted-printable")

mill = letter("Water mill grinds flour again", "Ben Reed <ben@news.example>", "Tue, 17 Jun 2031 08:00:00 +0000", 2)
mill.set_content("Your reader cannot show this letter.\n")
mill.add_alternative(MILL, subtype="html", cte="base64")
mill.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="mill.png")

page = email.message.EmailMessage(policy=email.policy.SMTP)
page["From"], page["Snapshot-Content-Location"] = "<Saved by Blink>", "https://news.example/mill"
page["Subject"], page["Date"], page["MIME-Version"] = "The mill", "Wed, 18 Jun 2031 09:00:00 +0000", "1.0"
page.set_content(MILL, subtype="html", cte="quoted-printable")
page.make_related()
page.add_related(b"p { color: black }", maintype="text", subtype="css")

folder = pathlib.Path(sys.argv[1])
(folder / "letter.eml").write_bytes(mill.as_bytes())
(folder / "page.mhtml").write_bytes(page.as_bytes())
(folder / "letters.mbox").unlink(missing_ok=True)
box = mailbox.mbox(folder / "letters.mbox")
for message, border in ((harbour, "ada@news.example Mon Jun 16 13:53:00 2031"), (mill, "ben@news.example Tue Jun 17 08:00:00 2031")):
    message = mailbox.mboxMessage(message)
    message.set_from(border)
    box.add(message)
box.close()
