from django.core.management.base import BaseCommand

from kennispunt.search import index


class Command(BaseCommand):
    help = (
        "Index everything that can be found anew. The site keeps finding meanwhile; "
        "it may be stopped at any moment and started again."
    )

    def handle(self, **options):
        total = index.rebuild(lambda kind, done: self.stderr.write(f"{kind}: {done}"))
        self.stdout.write(f"{total} entries")
