"""Draws the two pictures that must be PNG, from our own mark and stylesheet."""

import shutil
from pathlib import Path

from django.core.management.base import BaseCommand
from django.template.loader import render_to_string

from kennispunt.ui.stylesheet import joined

FOLDER = Path(__file__).parents[2] / "static" / "ui"
PICTURES = {"social-card": (1200, 630), "icon-180": (180, 180)}


class Command(BaseCommand):
    help = "Draw static/ui/*.png again, after a change of mark or colours. Needs Chromium."

    def handle(self, **options):
        from playwright.sync_api import sync_playwright  # a package of development only

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            for name, (width, height) in PICTURES.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                page.set_content(render_to_string(f"ui/pictures/{name}.html", {"css": joined()}))
                page.screenshot(path=FOLDER / f"{name}.png")
                self.stdout.write(f"{name}.png: {width} × {height}")
            browser.close()
