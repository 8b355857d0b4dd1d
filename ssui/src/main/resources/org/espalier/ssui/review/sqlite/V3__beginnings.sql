-- The beginning of a very common word is found without gathering every word that begins so.
drop table draft_words;
create virtual table draft_words using fts5 (
  query, steps, answer, content = '', contentless_delete = 1, prefix = '1 2 3'
);
insert into draft_words (rowid, query, steps, answer)
select
  seq,
  json_extract(current, '$.query'),
  (select group_concat(value, ' ') from json_each(current, '$.steps')),
  json_extract(current, '$.answer')
from draft_text;
