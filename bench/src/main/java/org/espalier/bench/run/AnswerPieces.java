package org.espalier.bench.run;

/**
 * Answers, counted through all samples of all questions, parted into pieces that are written together: a group of questions,
 * or where that has many answers a part of it.
 *
 * @param all answers
 * @param group answers of the questions that are asked together
 * @param most answers of a piece
 */
public record AnswerPieces(long all, long group, long most) {
    private long inGroup() {
        return Math.ceilDiv(group, most);
    }

    /** The place of a piece's first answer. */
    public long from(int piece) {
        return piece / inGroup() * group + piece % inGroup() * most;
    }

    /** The place behind its last answer. */
    public long end(int piece) {
        return Math.min(Math.min(all, (piece / inGroup() + 1) * group), from(piece) + most);
    }

    /** The piece that begins at a place where one does. */
    int at(long answer) {
        return answer >= all ? count() : Math.toIntExact(answer / group * inGroup() + answer % group / most);
    }

    /** How many there are. */
    public int count() {
        return Math.toIntExact(all / group * inGroup() + Math.ceilDiv(all % group, most));
    }

    /** The greatest number of answers, not above this one, at which a piece ends. */
    long whole(long answers) {
        return answers - answers % group % most;
    }
}
