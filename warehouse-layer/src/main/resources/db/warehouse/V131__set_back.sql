-- Lines of documents of which dispatch knows more than this database did when it was set back to a backup (protocol 11.8):
-- their goods are in the books, and the document, when it is sent again, moves the rest.
CREATE TABLE told_line (
    kind    text    NOT NULL,
    number  text    NOT NULL,
    line    integer NOT NULL,
    type    text    NOT NULL,
    payload text    NOT NULL,
    PRIMARY KEY (kind, number, line)
);
