namespace NeuralEdge.Board.Control
{
    /// <summary>Where the board prints: a debugger, if there is one.</summary>
    public interface IBoardConsole
    {
        /// <summary>Prints a line.</summary>
        /// <param name="line">The line.</param>
        void Print(string line);
    }
}
