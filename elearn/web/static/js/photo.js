// A photo is made as small as it will be kept before it is sent: a phone's 4 MB become some 500 KB, and one of 8 MB is
// no longer refused. Without this file the server does the same with what has travelled.
//
//   input[data-long-side]  of files: how many pixels the longer side of a photo keeps.
(() => {
  "use strict";
  let working = null;

  const smaller = async (file, longSide) => {
    const picture = await createImageBitmap(file); // upright, as its notes say
    const scale = Math.min(1, longSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.9); });
    return made && made.size < file.size ? new File([made], file.name, { type: made.type }) : file;
  };

  const replace = async (input, file) => {
    try {
      const photo = await smaller(file, Number(input.dataset.longSide));
      if (input.files[0] !== file) return; // another one was chosen meanwhile
      const chosen = new DataTransfer();
      chosen.items.add(photo);
      input.files = chosen.files;
    } catch {
      // not a picture that this browser can read: the server says what it thinks of it
    }
  };

  document.querySelectorAll("input[data-long-side]").forEach((input) => {
    input.addEventListener("change", () => {
      const file = input.files[0];
      if (!file || file.type !== "image/jpeg") return; // a PNG is a drawing or a screenshot, and sharp
      const work = replace(input, file).finally(() => { if (working === work) working = null; });
      working = work;
    });
    input.form.addEventListener("submit", (event) => {
      if (!working) return;
      event.preventDefault();
      working.then(() => input.form.requestSubmit(event.submitter));
    });
  });
})();
