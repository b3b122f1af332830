namespace NeuralEdge.Models
{
    /// <summary>Which pin follows an output, and how.</summary>
    public sealed class OutputBinding
    {
        /// <summary>Rule: no pin follows this output.</summary>
        public const int RuleNone = 0;

        /// <summary>Rule: threshold with hysteresis.</summary>
        public const int RuleThreshold = 1;

        /// <summary>Rule: on while this output is the largest.</summary>
        public const int RuleArgMax = 2;

        private readonly int _rule;
        private readonly int _pin;
        private readonly bool _activeLow;
        private readonly int _on;
        private readonly int _off;
        private readonly int _minOnMs;
        private readonly int _minOffMs;

        /// <summary>Binds an output.</summary>
        /// <param name="rule"><see cref="RuleNone"/>, <see cref="RuleThreshold"/> or <see cref="RuleArgMax"/>.</param>
        /// <param name="pin">GPIO number.</param>
        /// <param name="activeLow">True when the low level switches the load on.</param>
        /// <param name="on">Raw output (Q0.15 probability for softmax) at which the pin switches on.</param>
        /// <param name="off">Raw output at which it switches off.</param>
        /// <param name="minOnMs">Shortest time on in milliseconds.</param>
        /// <param name="minOffMs">Shortest time off in milliseconds.</param>
        public OutputBinding(int rule, int pin, bool activeLow, int on, int off, int minOnMs, int minOffMs)
        {
            _rule = rule;
            _pin = pin;
            _activeLow = activeLow;
            _on = on;
            _off = off;
            _minOnMs = minOnMs;
            _minOffMs = minOffMs;
        }

        /// <summary><see cref="RuleNone"/>, <see cref="RuleThreshold"/> or <see cref="RuleArgMax"/>.</summary>
        public int Rule
        {
            get { return _rule; }
        }

        /// <summary>GPIO number.</summary>
        public int Pin
        {
            get { return _pin; }
        }

        /// <summary>True when the low level switches the load on.</summary>
        public bool ActiveLow
        {
            get { return _activeLow; }
        }

        /// <summary>
        /// Raw output at which the pin switches on: at or above it when On &gt;= Off, at or below it when On &lt; Off.
        /// </summary>
        public int On
        {
            get { return _on; }
        }

        /// <summary>
        /// Raw output at which the pin switches off: at or below it when On &gt; Off, at or above it when On &lt; Off,
        /// below it when On = Off.
        /// </summary>
        public int Off
        {
            get { return _off; }
        }

        /// <summary>Shortest time on in milliseconds.</summary>
        public int MinOnMs
        {
            get { return _minOnMs; }
        }

        /// <summary>Shortest time off in milliseconds.</summary>
        public int MinOffMs
        {
            get { return _minOffMs; }
        }
    }
}
