/** How the prompter looks on this very device: two tablets of one broadcast may differ. */
export const prompterSizes = ['small', 'normal', 'large'] as const;
export type PrompterSize = (typeof prompterSizes)[number];

const key = 'larder/prompter';

class PrompterSettings {
  isMirrored = $state(false);
  size = $state<PrompterSize>('normal');

  constructor() {
    if (typeof localStorage === 'undefined') return;
    const [size, mirrored] = (localStorage.getItem(key) ?? '').split('/');
    this.size = prompterSizes.find((each) => each === size) ?? 'normal';
    this.isMirrored = mirrored === 'mirrored';
  }

  choose(size: PrompterSize, isMirrored: boolean): void {
    this.size = size;
    this.isMirrored = isMirrored;
    localStorage.setItem(key, `${size}/${isMirrored ? 'mirrored' : 'plain'}`);
  }
}

export const prompterSettings = new PrompterSettings();
