namespace NeuralEdge.Board.Link
{
    /// <summary>Which kind of model runs; the numbers travel over the link.</summary>
    public enum ModelState : byte
    {
        /// <summary>The model compiled into the firmware.</summary>
        Factory = 0,

        /// <summary>A confirmed model.</summary>
        Confirmed = 1,

        /// <summary>An uploaded model in test; the next start goes back unless it is confirmed.</summary>
        Test = 2,
    }
}
