/* Drehscheibe: what the pages can do better with a script. All works without it. */
(() => {
  "use strict";

  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  // Print: a button that needs this script shows only with it.
  each("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // On paper everything is unfolded; afterwards it is as before.
  const folded = [];
  window.addEventListener("beforeprint", () => {
    each("main details:not([open]):not(.facets)", (details) => {
      folded.push(details);
      details.open = true;
    });
  });
  window.addEventListener("afterprint", () => {
    folded.splice(0).forEach((details) => {
      details.open = false;
    });
  });

  // Browsers that cannot keep the filters open by style sheet open them here.
  const wide = window.matchMedia("(min-width: 64rem)");
  if (wide.matches && !CSS.supports("selector(::details-content)")) {
    each(".facets", (details) => {
      details.open = true;
    });
  }
})();
