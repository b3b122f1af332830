namespace NeuralEdge.Board.Security
{
    /// <summary>Who may do what on a board; the numbers are those of INFO.</summary>
    public enum SecurityMode : byte
    {
        /// <summary>Anybody on the line may do anything.</summary>
        Open = 0,

        /// <summary>Who has the key may change the board, anybody may read.</summary>
        Keyed = 1,

        /// <summary>Who has the key may change the board and read it.</summary>
        ReadingClosed = 2,

        /// <summary>The board is keyed, but its keys are lost: nobody may change or read it until its flash is erased.</summary>
        Lost = 3,

        /// <summary>
        /// The board is keyed and its keys are whole, but its firmware has no HMAC-SHA256 to know its owner by: nobody may change or read it
        /// until it has other firmware.
        /// </summary>
        WithoutCode = 4,
    }
}
