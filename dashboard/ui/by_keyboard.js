// Tab goes from an open list's button into the list, and out of it to what stands behind the button:
// Streamlit draws lists at the end of the page, dozens of steps away.
(() => {
  const CAN = "a[href], button:not(:disabled), input:not(:disabled), [tabindex='0']";
  const shown = (element) => element.getClientRects().length > 0;

  addEventListener("keydown", (press) => {
    const list = document.querySelector('[data-testid="stPopoverBody"]');
    const button = document.querySelector('[data-testid="stPopoverButton"][aria-expanded="true"]');
    if (press.key !== "Tab" || !list || !button) return;
    const inside = [...list.querySelectorAll(CAN)].filter(shown);
    const last = inside.at(press.shiftKey ? 0 : -1);
    if (document.activeElement === button && !press.shiftKey && inside.length) {
      inside[0].focus();
      press.preventDefault();
    } else if (document.activeElement === last) {
      button.focus(); // from where Tab goes on by itself
      if (press.shiftKey) press.preventDefault();
    }
  }, true);
})();
