namespace NeuralEdge.Board.Link
{
    /// <summary>What the last inference on sampled values read, computed and did. A question of the host does not show here.</summary>
    public interface ILiveValues
    {
        /// <summary>Inferences on sampled values since the board started.</summary>
        uint InferenceCount { get; }

        /// <summary>True when a value inside the network met its ceiling: the outputs may be wrong by more than is proven.</summary>
        bool IsSaturated { get; }

        /// <summary>True when the inputs of late are unlike those the model was trained on.</summary>
        bool IsUnfamiliar { get; }

        /// <summary>CRC-32 of the running model's file: live events carry it, so that a host notices a new model. 0 without a model.</summary>
        uint ModelDigest { get; }

        /// <summary>Inputs of the running network, 0 without a model.</summary>
        int InputCount { get; }

        /// <summary>Outputs of the running network, 0 without a model.</summary>
        int OutputCount { get; }

        /// <summary>A raw input.</summary>
        /// <param name="index">Which input, 0..<see cref="InputCount"/>-1.</param>
        int GetInput(int index);

        /// <summary>A raw output.</summary>
        /// <param name="index">Which output, 0..<see cref="OutputCount"/>-1.</param>
        int GetOutput(int index);

        /// <summary>What an output's pin does: 1 active, 0 inactive, <see cref="LinkProtocol.NoPin"/> when it has none.</summary>
        /// <param name="index">Which output, 0..<see cref="OutputCount"/>-1.</param>
        int GetPin(int index);
    }
}
