"""What our lists in the back office share."""


class NotChosen:
    """Before SnippetViewSet: rows that no form chooses have no list to choose from either.

    Wagtail shows such a list to everyone who enters the back office, whatever they may view.
    """

    def register_chooser_viewset(self):
        pass
