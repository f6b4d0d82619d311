// Makes the static task that a study declares; analysis process.
import type { StaticTaskDeclaration } from '../../../common/rule-study/task.ts';
import type { Random } from '../base/random.ts';
import { digits } from './digits.ts';
import { parity } from './parity.ts';
import { pcaStream } from './pca-stream.ts';
import { rings, spirals } from './planar-classes.ts';
import { rotatingTeacher } from './rotating-teacher.ts';
import type { StaticTask } from './static-task.ts';
import { teacherStudent } from './teacher-student.ts';

/** @param random draws the teacher, the points, what is tested; batches are drawn from another stream */
export function makeStaticTask(task: StaticTaskDeclaration, random: Random): StaticTask {
  switch (task.kind) {
    case 'teacher-student':
      return teacherStudent(task, random);
    case 'rotating-teacher':
      return rotatingTeacher(task, task.degreesPerThousandPresentations / 1000, random);
    case 'parity':
      return parity(task.bits);
    case 'spirals':
      return spirals(task, random);
    case 'rings':
      return rings(task, random);
    case 'pca-stream':
      return pcaStream(task.variances, random);
    case 'digits':
      return digits(task, random);
  }
}
