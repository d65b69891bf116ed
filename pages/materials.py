"""Materials: a document for a meeting, looked at slide by slide, put in order, and taken along."""

from dashboard.decks import Choice
from dashboard.ui import choices_row, current_view, pick_area, pick_period
from dashboard.ui.basket import tell
from dashboard.ui.materials import VIEWS, document, pick_issue, pick_language, pick_recipe
from dashboard.ui.materials_files import changed_since, files
from dashboard.ui.materials_refresh import refreshing
from dashboard.ui.materials_slides import as_wanted, left_out, show_slides
from dashboard.ui.pickers import pick_switch

view = current_view()
with choices_row():
    recipe = pick_recipe(view)
    area = pick_area(view)
    period = pick_period(view, area, "value")
    language = pick_language(view)
    size = pick_switch(view, "size", ("16x9", "4x3")) if recipe.document == "slides" else ""
    pick_issue(view)

if recipe.recipe == VIEWS:
    tell(view)
made = document(view, recipe, Choice(view.dataset, area, period, language))
wanted = as_wanted(made)
files(view, wanted, recipe.document, size)
changed_since(view)
left_out(view, made)
show_slides(view, made, wanted, recipe.document, size)
refreshing(view)
