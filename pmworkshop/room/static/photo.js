// Photos go to the laptop as soon as they are chosen, made smaller first; one that could not go stays chosen and tries again.

const MOST = 2000;
const underWay = new Set();

export const photosUnderWay = () => underWay.size > 0;
export const photosChosen = (form) => [...form.querySelectorAll("[data-photo]")].filter((input) => input.files.length);

export function watchPhotos(form, say, taken) {
  for (const input of form.querySelectorAll("[data-photo]")) {
    input.addEventListener("change", () => sendPhoto(form, input, say, taken));
  }
}

async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, MOST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((blob) => done(blob ?? file), "image/jpeg", 0.85));
  } catch { return file; }
}

export async function sendPhoto(form, input, say, taken) {
  const file = input.files[0];
  if (!file || underWay.has(input)) return;
  const line = `photo-${input.name}`;
  say(line, "Sending the photo …");
  underWay.add(input);
  const blob = await smaller(file), bar = barAt(input);
  const told = await put(input.dataset.photo, blob, (share) => { bar.value = share; });
  bar.remove();
  underWay.delete(input);
  if (told.photo) {
    form.querySelector(`input[type="hidden"][name="${CSS.escape(input.name)}"]`).value = told.photo;
    input.value = "";
    show(input, blob);
    say(line, "The photo is on the trainer's laptop. Not handed in yet.", true);
  } else if (told.error) {
    input.value = "";
    say(line, told.error);
  } else say(line, "The photo could not be sent yet. Keep it chosen: it is tried again.");
  taken(Boolean(told.photo));
}

function put(address, blob, progress) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("PUT", address);
    request.setRequestHeader("content-type", blob.type || "image/jpeg");
    request.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total); };
    request.onloadend = () => {
      try { done(JSON.parse(request.responseText)); } catch { done(request.status ? { error: request.responseText.slice(0, 200) } : {}); }
    };
    request.send(blob);
  });
}

function barAt(input) {
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "How much of the photo has been sent");
  bar.value = 0;
  input.after(bar);
  return bar;
}

function show(input, blob) {
  let picture = input.parentElement.querySelector("img");
  if (!picture) {
    picture = document.createElement("img");
    picture.alt = "The photo that you chose";
    picture.className = "chosen";
    input.after(picture);
  }
  picture.src = URL.createObjectURL(blob);
}
