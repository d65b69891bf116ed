// What Streamlit says of its own, in the language of the page: it speaks English only.
(() => {
  const WORDS = {};
  const SAID = ["aria-label", "placeholder", "title", "alt"];
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const turned = (pairs) => ({
    whole: new Map(pairs),
    parts: pairs.filter(([from]) => from.includes("{}")).map(([from, to]) => [
      new RegExp(`^${escaped(from).replace("\\{\\}", "(.+)")}$`, "s"), to.replace("{}", "$1"),
    ]),
  });
  const pairs = Object.entries(WORDS);
  const into = { en: turned(pairs.map(([en, zh]) => [zh, en])), "zh-CN": turned(pairs) };
  let language = "";

  const said = (text) => {
    const found = into[language].whole.get(text);
    if (found !== undefined) return found;
    const part = into[language].parts.find(([from]) => from.test(text));
    return part ? text.replace(...part) : text;
  };
  const sayText = (node) => {
    const text = node.data.trim();
    if (text && said(text) !== text) node.data = said(text);
  };
  const sayAttribute = (element, name) => {
    const text = element.getAttribute(name);
    if (text && said(text) !== text) element.setAttribute(name, said(text));
  };
  const sayAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) sayText(root);
    if (!(root instanceof HTMLElement)) return; // charts are drawn by the thousand, in SVG
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) sayText(texts.currentNode);
    for (const name of SAID)
      for (const element of [root, ...root.querySelectorAll(`[${name}]`)]) sayAttribute(element, name);
  };

  new MutationObserver((changes) => {
    const now = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh-CN";
    if (now !== language) {
      document.documentElement.lang = language = now;
      sayAll(document.documentElement);
      return;
    }
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "attributes") sayAttribute(target, attributeName);
      else if (type === "characterData") sayText(target);
      else if (target instanceof HTMLElement) addedNodes.forEach(sayAll);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributeFilter: SAID,
  });
})();
