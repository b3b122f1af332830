using NeuralEdge.Board.Link;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Work beside the loop, done in the time that a period has left. The board knows nothing of what it is for; it says which
    /// model runs and how that went.
    /// </summary>
    public interface IIdleWork
    {
        /// <summary>Whether there is something to do.</summary>
        /// <param name="model">The model that runs, null when there is none.</param>
        /// <returns>False when <see cref="Step"/> would change nothing.</returns>
        bool HasWork(Model model);

        /// <summary>True when the next step takes long, and is to have most of a period.</summary>
        bool IsLong { get; }

        /// <summary>Does a bounded piece of the work; never throws.</summary>
        /// <param name="model">The model that runs, null when there is none. Another one than before: begins again.</param>
        /// <returns>True when there is more to do for this model.</returns>
        bool Step(Model model);

        /// <summary>A period has ended well.</summary>
        /// <param name="model">The model that ran.</param>
        void PeriodEnded(Model model);

        /// <summary>Another model has been taken into use by a host.</summary>
        void ModelChanged();

        /// <summary>A host wants the board to start again.</summary>
        void Resetting();

        /// <summary>Fills in what the host is told of the work.</summary>
        /// <param name="info">The board's state.</param>
        /// <param name="model">The model that runs, null when there is none.</param>
        void Report(BoardInfo info, Model model);
    }
}
