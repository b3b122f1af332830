using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// Compiles the model that runs, on the board and beside its work: from its verified weights to code in memory that the
    /// platform loads and the network then runs instead of its planned passes. Each step is a small piece; the model runs its
    /// planned passes until the last one, and for good whenever there is any doubt.
    /// </summary>
    /// <remarks>
    /// <para>An image stays loaded until the next start, so there is one for each shape, up to <see cref="MaxImages"/>
    /// and a number of bytes. A model of a shape that has an image gets its constants patched into it: a board can be taught
    /// ten thousand times in the memory of once.</para>
    /// <para>At most one network runs compiled code. It is given its planned passes back before its image is touched.</para>
    /// </remarks>
    public sealed class TurboCompiler : IIdleWork
    {
        /// <summary>Most shapes from one start to the next. The platform has 64 places for assemblies, its own included.</summary>
        public const int MaxImages = ImageList.MaxImages;

        private readonly TurboGuard _guard;
        private readonly ImageList _images;
        private readonly Compilation _compilation;
        private Model _model;

        /// <summary>Makes a compiler that has compiled nothing.</summary>
        /// <param name="loader">Loads what it has written.</param>
        /// <param name="maxBytes">Most bytes of a board's heap that all images together may take, as <see cref="CodePlan.HeapBytes"/> counts.</param>
        /// <param name="guard">Remembers that code is about to be loaded; null when nothing has to.</param>
        public TurboCompiler(ICodeLoader loader, int maxBytes, TurboGuard guard = null)
        {
            _guard = guard;
            _images = new ImageList(maxBytes);
            _compilation = new Compilation(loader, guard, _images);
        }

        /// <summary>Makes the idle work of a board.</summary>
        /// <param name="loader">Loads what it has written; null on a board without turbo.</param>
        /// <param name="maxBytes">Most bytes of a board's heap that all images together may take.</param>
        /// <param name="files">The flash, where code on trial is remembered.</param>
        /// <returns>A compiler, or null without a loader.</returns>
        public static TurboCompiler Open(ICodeLoader loader, int maxBytes, IFileStore files)
        {
            return loader == null ? null : new TurboCompiler(loader, maxBytes, new TurboGuard(files));
        }

        /// <summary>Why the model of the last step is not compiled.</summary>
        public TurboRefusal Refusal
        {
            get { return _compilation.Refusal; }
        }

        /// <summary>Number of images since the start.</summary>
        public int ImageCount
        {
            get { return _images.Count; }
        }

        /// <summary>Bytes of a board's heap that the images take, as <see cref="CodePlan.HeapBytes"/> counts.</summary>
        public int UsedBytes
        {
            get { return _images.UsedBytes; }
        }

        /// <summary>
        /// True when the next step is one that cannot be made small: the platform reads the whole image, and tells a debugger
        /// about it line by line.
        /// </summary>
        public bool IsLong
        {
            get { return _compilation.IsLoading; }
        }

        /// <summary>Bytes of compiled code that a model runs on.</summary>
        /// <param name="model">The model, may be null.</param>
        /// <returns>0 when it runs its planned passes.</returns>
        public int GetBytesInUse(Model model)
        {
            return model != null && model == _model ? _compilation.BytesInUse : 0;
        }

        /// <summary>Whether there is something to do.</summary>
        /// <param name="model">The model that runs, null when there is none.</param>
        /// <returns>False when <see cref="Step"/> would change nothing.</returns>
        public bool HasWork(Model model)
        {
            return model != _model || (_guard != null && _guard.IsDue) || _compilation.HasWork;
        }

        /// <summary>Does a bounded piece of the work; never throws.</summary>
        /// <param name="model">The model that runs, null when there is none. Another one than before: begins again.</param>
        /// <returns>True when there is more to do for this model.</returns>
        public bool Step(Model model)
        {
            if (model != _model)
            {
                _model = model;
                _compilation.Begin(model);
            }
            else if (_guard != null && _guard.IsDue)
            {
                _guard.Remove();
            }
            else
            {
                _compilation.Step();
            }

            return !_compilation.HasEnded;
        }

        void IIdleWork.PeriodEnded(Model model)
        {
            if (_guard != null && GetBytesInUse(model) > 0)
            {
                _guard.Tick();
            }
        }

        void IIdleWork.ModelChanged()
        {
            if (_guard != null)
            {
                _guard.Forgive();
            }
        }

        void IIdleWork.Resetting()
        {
            if (_guard != null)
            {
                _guard.EndStart();
            }
        }

        void IIdleWork.Report(BoardInfo info, Model model)
        {
            info.CompiledBytes = GetBytesInUse(model);
            info.TurboRefusal = (int)Refusal;
        }
    }
}
