// A button to print. Without scripts the browser's own does the same.
"use strict";
(() => {
  const button = document.querySelector("[data-print]");
  button.hidden = false;
  button.addEventListener("click", () => window.print());
})();
