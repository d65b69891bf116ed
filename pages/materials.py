"""Materials: a document for a meeting, looked at slide by slide, put in order, and taken along."""

from dashboard.decks import Choice
from dashboard.ui import choices_row, current_view, pick_area, pick_period
from dashboard.ui.basket import tell
from dashboard.ui.materials import VIEWS, document, pick_issue, pick_language, pick_recipe
from dashboard.ui.materials_files import changed_since, files
from dashboard.ui.materials_refresh import refreshing
from dashboard.ui.materials_slides import as_wanted, left_out, show_slides
from dashboard.ui.materials_template import pick_form, usable

view = current_view()
with choices_row():
    recipe = pick_recipe(view)
    area = pick_area(view)
    period = pick_period(view, area, "value")
    language = pick_language(view)
    form = pick_form(view, recipe.document)
    pick_issue(view)

if recipe.recipe == VIEWS:
    tell(view)
made = document(view, recipe, Choice(view.dataset, area, period, language))
wanted = as_wanted(made)
form = usable(view, form, made)
if wanted.slides:
    files(view, wanted, form)
changed_since(view)
left_out(view, made)
show_slides(view, made, wanted, form)
refreshing(view)
