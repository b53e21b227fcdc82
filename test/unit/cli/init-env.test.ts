import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { changeEnv } from '../../../src/cli/init-env.js';

describe('changing a .env file', () => {
  it('begins one that is not there with who may see it', () => {
    const text = changeEnv(null, { A: 'b' });
    expect(text).toMatch(/^# .*show this file to nobody\.\nA=b\n$/);
  });

  it('keeps every other line as it is, remarks and order too', () => {
    const before = '# mine\nFIRST="a b"\n\nexport A=old # old one\nLAST=1';
    expect(changeEnv(before, { A: 'new', B: 'two' })).toBe('# mine\nFIRST="a b"\n\nLAST=1\nA=new\nB=two\n');
  });

  it('changes nothing where everything is so already, however it is written', () => {
    const before = 'A="x"\nB=y';
    expect(changeEnv(before, { A: 'x', B: 'y', C: null })).toBe(before);
  });

  it('takes out what is not wanted, and leaves one of a name that stood there twice', () => {
    expect(parse(changeEnv('A=1\nB=2\nA=3\n', { A: null }))).toEqual({ B: '2' });
    expect(changeEnv('A=1\nB=2\nA=3\n', { A: '4' })).toBe('B=2\nA=4\n');
  });

  it('writes values so that they are read back', () => {
    const values = {
      A: 'with space',
      B: 'a#b',
      C: 'x"y',
      D: '$HOME',
      E: 'a=b',
      F: 'C:\\wallet\\new',
      G: "it's",
    };
    expect(parse(changeEnv('', values))).toEqual(values);
  });

  it('refuses what it could only cut in the middle, and harms nothing', () => {
    expect(() => changeEnv('KEY="one\nA=2\nthree"\n', { A: '3' })).toThrow(
      expect.objectContaining({ code: 'settings-invalid', message: expect.stringContaining('KEY') }),
    );
  });
});
