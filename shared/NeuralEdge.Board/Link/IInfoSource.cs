namespace NeuralEdge.Board.Link
{
    /// <summary>Something that knows a part of what INFO reports.</summary>
    public interface IInfoSource
    {
        /// <summary>Fills in what it knows.</summary>
        /// <param name="info">The fields of INFO.</param>
        void Report(BoardInfo info);
    }
}
