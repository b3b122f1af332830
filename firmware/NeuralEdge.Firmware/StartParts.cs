using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Firmware
{
    /// <summary>What a start is made of that must also be there when it fails: which step it is at, and where that is kept.</summary>
    internal sealed class StartParts
    {
        internal StartParts()
        {
            Step = "finding out which chip this is";
            Reset = new Esp32Reset();
            Use(new FlashFiles(Tuning.FlashRoot));
        }

        /// <summary>What is being done, for the case that it fails.</summary>
        internal string Step { get; set; }

        /// <summary>Counts starts and keeps the last error.</summary>
        internal StartRecord Record { get; private set; }

        /// <summary>Where errors are named.</summary>
        internal BoardErrors Errors { get; private set; }

        /// <summary>The flash.</summary>
        internal IFileStore Files { get; private set; }

        /// <summary>The chip's reset at once, for the supervisor.</summary>
        internal Esp32Reset Reset { get; }

        /// <summary>The reset that the next start is told of, for everybody else.</summary>
        internal IBoardReset OwnReset { get; private set; }

        /// <summary>Takes note of what the settings come to: on a board that they do not suit nothing is written.</summary>
        internal void Settle(ChipWiring wiring)
        {
            if (wiring.Misfit != Misfit.None)
            {
                Use(new LockedFiles(new FlashFiles(Tuning.FlashRoot)));
            }
        }

        private void Use(IFileStore files)
        {
            // The record itself is not watched: its failures would have nowhere to go.
            Record = new StartRecord(files);
            Errors = new BoardErrors(Record, new DebugConsole());
            Files = files is LockedFiles ? files : new NotedFiles(files, Errors);
            OwnReset = new AnnouncedReset(Reset, Record);
        }
    }
}
