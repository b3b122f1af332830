namespace NeuralEdge.Board.Control
{
    /// <summary>Why the outputs went to their safe levels. The numbers are reported over the link (PROTOCOL.md); 5 is not used.</summary>
    public enum FaultCode : byte
    {
        /// <summary>No fault since the start.</summary>
        None = 0,

        /// <summary>A sensor's count stayed outside its plausible range; the detail is the input's index.</summary>
        Sensor = 1,

        /// <summary>Reading the ADC failed.</summary>
        Adc = 2,

        /// <summary>The forward pass or an output rule failed.</summary>
        Inference = 3,

        /// <summary>Serving the link failed.</summary>
        Link = 4,

        /// <summary>A stored model could not be used and another one runs; the detail is its ModelError.</summary>
        Model = 6,

        /// <summary>A value inside the network met its ceiling, and the model says that its outputs are not to be trusted then.</summary>
        Saturation = 7,

        /// <summary>A sensor gave the same count for longer than the model says it can; the detail is the input's index.</summary>
        Frozen = 8,

        /// <summary>Inputs are unlike those the model was trained on, and the model says that its outputs are not to be trusted then.</summary>
        Unfamiliar = 9,

        /// <summary>So many samples came late that no window was whole for as long as two windows last.</summary>
        Late = 10,
    }
}
