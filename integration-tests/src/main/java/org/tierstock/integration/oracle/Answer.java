package org.tierstock.integration.oracle;

/**
 * What a request is answered.
 *
 * @param status 201: done now; 200: asked or done before; 404 and 409: refused
 * @param content all of the answer that one key decides
 */
record Answer(int status, String content) {
    static final int DONE = 201;
    static final int KNOWN = 200;

    static Answer done(String content) {
        return new Answer(DONE, content);
    }

    static Answer known(String content) {
        return new Answer(KNOWN, content);
    }

    static Answer refused(int status, String content) {
        return new Answer(status, content);
    }

    @Override
    public String toString() {
        return status + " " + content;
    }
}
