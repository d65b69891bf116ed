"""Topics: funds by type and stage, visits by festival, and from job fairs to intentions."""

from dashboard.ui import choices_row, current_view, pick_area, pick_period, pick_period_range
from dashboard.ui.pickers import pick_switch
from dashboard.ui.topics import festivals, funds, jobs

view = current_view()
with choices_row():
    topic = pick_switch(view, "topic", ("funds", "festivals", "jobs"))
    area = pick_area(view)
    if topic == "funds":
        first, last = pick_period_range(view)
    elif topic == "jobs":
        period = pick_period(view, area, "value")

if topic == "funds":
    funds(view, area, first, last)
elif topic == "festivals":
    festivals(view, area)
else:
    jobs(view, area, period)
