namespace NeuralEdge.Board.Link
{
    /// <summary>Inputs that a host puts to the running model, and the outputs to them. No pin moves.</summary>
    public interface IQuestions
    {
        /// <summary>Outputs of the last question that was answered; 0 when there is none.</summary>
        int AnswerCount { get; }

        /// <summary>True when a value inside the network met its ceiling as it answered.</summary>
        bool IsAnswerSaturated { get; }

        /// <summary>Sets one input. Only called while there is a model, with an index that its network has.</summary>
        /// <param name="index">Which input; 0 begins a question.</param>
        /// <param name="raw">Its raw value.</param>
        /// <returns>Ok, InputRange, or BadRequest when the first inputs were put to another model.</returns>
        RequestStatus Set(int index, int raw);

        /// <summary>Runs the network on all inputs that were set.</summary>
        void Ask();

        /// <summary>One raw output of the last question.</summary>
        /// <param name="index">0..<see cref="AnswerCount"/>-1.</param>
        int GetAnswer(int index);

        /// <summary>Another host has come: the last answer is not for it.</summary>
        void Forget();
    }
}
