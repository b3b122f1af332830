using System;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// What failed on the board, in words: the platform's own exceptions have no message, so each is named by the step it ended and its
    /// type. The words go to whoever reads what the board prints, and the first of each start to flash.
    /// </summary>
    public sealed class BoardErrors
    {
        private readonly StartRecord _record;
        private readonly IBoardConsole _console;
        private Exception _last;
        private Exception _named;
        private string _name;
        private string _printed = "";

        /// <summary>Makes it.</summary>
        /// <param name="record">Where an error is kept for after the next start.</param>
        /// <param name="console">Where the board prints.</param>
        public BoardErrors(StartRecord record, IBoardConsole console)
        {
            _record = record;
            _console = console;
        }

        /// <summary>Names an error.</summary>
        /// <param name="step">What was being done, "opening COM2 with RX 16, TX 17".</param>
        /// <param name="error">What ended it.</param>
        /// <returns>"opening COM2 with RX 16, TX 17: NotSupportedException".</returns>
        public static string Describe(string step, Exception error)
        {
            return step + ": " + error.GetType().Name;
        }

        /// <summary>
        /// Remembers what was being done, close to where it failed, for whoever catches the error and notes it. It takes no time: what
        /// reads a sensor or drives a pin fails before the outputs are safe.
        /// </summary>
        /// <param name="step">What was being done.</param>
        /// <param name="error">What ended it.</param>
        public void Name(string step, Exception error)
        {
            _named = error;
            _name = step;
        }

        /// <summary>The best name for the step that an error has ended; to be asked for before anything else can fail.</summary>
        /// <param name="step">What was being done, as whoever caught it has it.</param>
        /// <param name="error">What ended it.</param>
        /// <returns>What <see cref="Name"/> was told of that error, else <paramref name="step"/>.</returns>
        public string StepOf(string step, Exception error)
        {
            return error == _named ? _name : step;
        }

        /// <summary>Prints and keeps an error, once. It may write flash: make the outputs safe before, where that is called for.</summary>
        /// <param name="step">What was being done, for an error that nobody has named closer to where it happened.</param>
        /// <param name="error">What ended it.</param>
        public void Note(string step, Exception error)
        {
            if (error == _last)
            {
                return;
            }

            _last = error;
            string sentence = Describe(StepOf(step, error), error);
            if (sentence != _printed)
            {
                // What fails each period is said once.
                _printed = sentence;
                _console.Print(sentence);
            }

            _record.KeepError(sentence);
        }
    }
}
