'use strict';
(function () {
  var search = document.querySelector('.search');
  var box = search.querySelector('input');
  var count = search.querySelector('span');
  var rows = Array.from(document.querySelectorAll('.row'));
  var nodes = Array.from(document.querySelectorAll('.node'));
  var lists = Array.from(document.querySelectorAll('details')).filter(function (list) {
    return list.querySelector('.row');
  });
  var opened = lists.map(function (list) { return list.open; });
  var texts = rows.map(function (row) {
    var access = row.dataset.access && document.getElementById(row.dataset.access);
    var list = row.closest('details');
    var about = list ? list.querySelector('summary').textContent : '';
    return [row.textContent, about, access ? access.textContent : ''].join(' ').toLowerCase();
  });
  var names = nodes.map(function (node) { return node.textContent.toLowerCase(); });
  function find() {
    var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    var has = function (text) {
      return words.every(function (word) { return text.includes(word); });
    };
    var found = 0;
    rows.forEach(function (row, place) {
      row.hidden = !has(texts[place]);
      found += row.hidden ? 0 : 1;
    });
    nodes.forEach(function (node, place) {
      node.classList.toggle('faint', !has(names[place]));
    });
    lists.forEach(function (list, place) {
      list.open = words.length ? list.querySelector('.row:not([hidden])') !== null : opened[place];
    });
    count.textContent = words.length ? found + ' of ' + rows.length + ' entries' : '';
  }
  function open() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    var details = target && target.closest('details');
    if (details) {
      details.open = true;
      target.scrollIntoView();
    }
  }
  box.addEventListener('input', find);
  window.addEventListener('hashchange', open);
  search.hidden = false;
  find();
  open();
})();
