"""Data: upload and publish, what is loaded, who reported, which issues are open."""

import streamlit as st

from dashboard.queries import choices
from dashboard.ui import ask
from dashboard.ui.data import pick_part
from dashboard.ui.data_changes import changes
from dashboard.ui.data_forms import blank_forms
from dashboard.ui.data_gaps import gaps
from dashboard.ui.data_issues import issues
from dashboard.ui.data_loaded import loaded
from dashboard.ui.data_questions import questions
from dashboard.ui.data_upload import reread, upload
from dashboard.ui.view import view_or_words

say, view = view_or_words()
if view is None:
    reread(say)
    upload(say, demonstration=False)
    st.stop()

part = pick_part(say)
if part == "upload":
    upload(say, demonstration=ask(choices.datasets)[:1] == ("demonstration",))
    blank_forms(view)
elif part == "loaded":
    loaded(view)
elif part == "gaps":
    gaps(view)
elif part == "changes":
    changes(view)
elif part == "questions":
    questions(view)
else:
    issues(view)
