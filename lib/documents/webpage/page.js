// ECMAScript 5 only. Without it everything can still be read.
(function () {
  "use strict";
  var each = function (list, does) {
    for (var n = 0; n < list.length; n += 1) { does(list[n]); }
  };
  var all = function (selector) { return document.querySelectorAll(selector); };

  each(all(".scripted"), function (part) { part.removeAttribute("hidden"); });

  var wanted = document.getElementById("wanted");
  var found = document.getElementById("found");
  var rows = all("table.filtered tbody tr");
  var filter = function () {
    var words = wanted.value.replace(/\s+/g, " ").replace(/^ | $/g, "").split(" ");
    var shown = 0;
    each(rows, function (row) {
      var text = row.textContent, fits = true;
      each(words, function (word) { fits = fits && text.indexOf(word) !== -1; });
      row.className = fits ? "" : "out";
      shown += fits ? 1 : 0;
    });
    found.textContent = wanted.value ? "显示" + shown + "行，共" + rows.length + "行" : "";
  };
  wanted.addEventListener("input", filter);

  var button = document.getElementById("all");
  var details = all("details");
  var open = function (yes) {
    each(details, function (part) {
      if (yes) { part.setAttribute("open", ""); } else { part.removeAttribute("open"); }
    });
    button.textContent = yes ? "收起数据行" : "展开全部数据行";
  };
  var opened = false;
  button.addEventListener("click", function () { opened = !opened; open(opened); });
}());
