namespace NeuralEdge.Board.Control
{
    /// <summary>Starting the board again.</summary>
    public interface IBoardReset
    {
        /// <summary>Restarts the board; on the device this does not return.</summary>
        void Reset();
    }
}
